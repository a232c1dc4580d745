# The values of the header. The node reads them at boot, so they are not in its user data.

locals {
  # The names of the values are not secret.
  secret_header_colors = nonsensitive([for color, value in var.secret_header_values : color if value != null])
}

resource "aws_secretsmanager_secret" "header" {
  for_each = toset(local.secret_header_colors)

  name_prefix = "${var.name}-header-${each.key}-"
  description = "Header by which the Wallarm Node knows the requests of CloudFront"
}

resource "aws_secretsmanager_secret_version" "header" {
  for_each = aws_secretsmanager_secret.header

  secret_id     = each.value.id
  secret_string = var.secret_header_values[each.key]
}
