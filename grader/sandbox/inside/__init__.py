"""What runs inside a template and its boxes; nothing here may import `grader`.

The template loads this folder as the top-level package `inside`, the judge as `grader.sandbox.inside`;
relative imports serve both. Only `values` and `wire` are used on the judge's side.
"""
