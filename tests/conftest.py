"""What holds for all tests."""

pytest_plugins = ["tests.plugin_skips"]
