"""PostHog's harness as it is, but for its mock server, which it would open to the whole network."""
from posthog_test_harness.cli import cli
from posthog_test_harness.mock_server import MockServer

listen = MockServer.run
MockServer.run = lambda self, host="", **options: listen(self, host="127.0.0.1", **options)
cli()
