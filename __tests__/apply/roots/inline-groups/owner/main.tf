# The owner of a load balancer and an application, who manages the rules of their groups inline.

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0, < 7.0.0"
    }
  }
}

variable "vpc_id" {
  type = string
}

# For the rules that the owner adds for the module. Null: none.
variable "node_security_group_id" {
  type    = string
  default = null
}

resource "aws_security_group" "load_balancer" {
  name   = "inline-load-balancer"
  vpc_id = var.vpc_id

  # inline
  ingress {
    description = "from everywhere"
    from_port   = 80
    to_port     = 80
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }

  egress {
    description = "to the application"
    from_port   = 80
    to_port     = 80
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/16"]
  }

  dynamic "egress" {
    for_each = var.node_security_group_id[*]

    content {
      from_port       = 80
      to_port         = 80
      protocol        = "tcp"
      security_groups = [egress.value]
    }
  }
  # end
}

resource "aws_security_group" "application" {
  name   = "inline-application"
  vpc_id = var.vpc_id

  # inline
  ingress {
    from_port       = 80
    to_port         = 80
    protocol        = "tcp"
    security_groups = [aws_security_group.load_balancer.id]
  }

  dynamic "ingress" {
    for_each = var.node_security_group_id[*]

    content {
      from_port       = 80
      to_port         = 80
      protocol        = "tcp"
      security_groups = [ingress.value]
    }
  }
  # end
}

output "load_balancer" {
  value = aws_security_group.load_balancer.id
}

output "application" {
  value = aws_security_group.application.id
}
