from tests.journeys.conftest import arrive, browser_type_launch_args, town

__all__ = ["arrive", "browser_type_launch_args", "town"]
