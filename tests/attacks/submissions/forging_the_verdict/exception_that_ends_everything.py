# tries: exceptions that end an interpreter
# item: hostile exceptions; sys.exit
# outcome: raised | exited
def layernorm_backward(x, gamma, dy, eps):
    raise BaseExceptionGroup('passed', [KeyboardInterrupt(), SystemExit(0), GeneratorExit()])
