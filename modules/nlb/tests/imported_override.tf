# For the tests, which cannot import (Terraform mocks no import): what a listener has after it, where it has no such policy.
# The tests put this file beside the module's own, where Terraform takes it for an override file.
resource "aws_lb_listener" "adopted" {
  ssl_policy = null
}
