# The application: one instance in each private subnet, on port 80.

resource "aws_instance" "application" {
  for_each = aws_subnet.private

  ami                    = var.ami_id
  instance_type          = "t3.micro"
  subnet_id              = each.value.id
  vpc_security_group_ids = [aws_security_group.application.id]
  user_data              = file("${path.module}/application.py")

  metadata_options {
    http_tokens = "required"
  }

  tags = { Name = "${var.name}-${each.key}" }
}

resource "aws_security_group" "application" {
  name        = "${var.name}-application"
  description = "Instances of the application"
  vpc_id      = aws_vpc.this.id

  tags = { Name = "${var.name}-application" }
}

# Admits everyone, like many applications before a lockdown.
resource "aws_vpc_security_group_ingress_rule" "application" {
  for_each = { http = 80, https = 443 }

  security_group_id = aws_security_group.application.id
  description       = "Anybody, ${upper(each.key)}"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = each.value
  to_port           = each.value
}
