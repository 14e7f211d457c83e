def central_difference(f, x, h):
    # divides by the distance that rounding really left between the two points
    left, right = x - h, x + h
    return (f(right) - f(left)) / (right - left)
