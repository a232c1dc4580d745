# The values of the header, for the node: it reads them when it boots, and they are not in its user data.

locals {
  # Their names are no secret.
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
