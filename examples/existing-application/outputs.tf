# Values that you need to put a node in front of this application.

output "vpc_id" {
  description = "ID of the VPC."
  value       = aws_vpc.this.id
}

output "public_subnet_ids" {
  description = "IDs of the subnets of the load balancer, one in each Availability Zone."
  value       = [for subnet in aws_subnet.public : subnet.id]
}

output "private_subnet_ids" {
  description = "IDs of the subnets of the application, one in each Availability Zone."
  value       = [for subnet in aws_subnet.private : subnet.id]
}

output "private_subnet_cidrs" {
  description = "CIDR blocks of the subnets of the application."
  value       = [for subnet in aws_subnet.private : subnet.cidr_block]
}

output "load_balancer_arn" {
  description = "ARN of the load balancer."
  value       = aws_lb.this.arn
}

output "load_balancer_dns_name" {
  description = "DNS name of the load balancer."
  value       = aws_lb.this.dns_name
}

output "load_balancer_security_group_id" {
  description = "ID of the load balancer's security group."
  value       = aws_security_group.load_balancer.id
}

output "listener_arns" {
  description = "ARNs of the listeners: `public` on port 80, `admin` on port 8080."
  value = {
    public = aws_lb_listener.public.arn
    admin  = aws_lb_listener.admin.arn
  }
}

output "application_target_group_arn" {
  description = "ARN of the target group that most rules forward to."
  value       = aws_lb_target_group.application.arn
}

output "api_target_group_arn" {
  description = "ARN of the target group that the API's rule forwards to."
  value       = aws_lb_target_group.api.arn
}

output "application_security_group_id" {
  description = "ID of the application's security group, which admits everyone."
  value       = aws_security_group.application.id
}

output "application_instance_ids" {
  description = "IDs of the application's instances."
  value       = [for instance in aws_instance.application : instance.id]
}

output "application_private_ips" {
  description = "Private IP addresses of the application's instances, in the order of their IDs."
  value       = [for instance in aws_instance.application : instance.private_ip]
}

output "alb_example_variables" {
  description = "Variables of ../alb/complete, ../cloudfront/alb-origin, and ../complete, except the variables of the node: `terraform output -raw alb_example_variables > ../alb/complete/terraform.tfvars.json`."
  value = jsonencode({
    vpc_id                          = aws_vpc.this.id
    node_subnet_ids                 = [for subnet in aws_subnet.public : subnet.id]
    node_subnet_cidrs               = { for index, zone in local.zones : 100 + 100 * index => aws_subnet.public[zone].cidr_block }
    listener_arns                   = { public = aws_lb_listener.public.arn, admin = aws_lb_listener.admin.arn }
    load_balancer_dns_name          = aws_lb.this.dns_name
    load_balancer_subnet_cidrs      = [for subnet in aws_subnet.public : subnet.cidr_block]
    load_balancer_security_group_id = aws_security_group.load_balancer.id
    application_url                 = "http://${values(aws_instance.application)[0].private_ip}"
    application_security_group_id   = aws_security_group.application.id
    application_target_group_arn    = aws_lb_target_group.application.arn
    application_subnet_ids          = { for zone, subnet in aws_subnet.private : zone => subnet.id }
  })
}

output "network_load_balancer_arn" {
  description = "ARN of the Network Load Balancer, which has no listener yet."
  value       = aws_lb.network.arn
}

output "network_load_balancer_security_group_id" {
  description = "ID of the Network Load Balancer's security group."
  value       = aws_security_group.network_load_balancer.id
}

output "network_target_group_arn" {
  description = "ARN of the target group for the Network Load Balancer's listeners."
  value       = aws_lb_target_group.network.arn
}

output "nlb_example_variables" {
  description = "Variables of ../nlb/complete and ../nlb/listener-owner, except the variables of the node and the listener: `terraform output -raw nlb_example_variables > ../nlb/complete/terraform.tfvars.json`."
  value = jsonencode({
    vpc_id                          = aws_vpc.this.id
    application_url                 = "http://${values(aws_instance.application)[0].private_ip}"
    load_balancer_dns_name          = aws_lb.network.dns_name
    node_subnet_ids                 = [for subnet in aws_subnet.public : subnet.id]
    node_subnet_cidrs               = { for index, zone in local.zones : 100 + 100 * index => aws_subnet.public[zone].cidr_block }
    load_balancer_arn               = aws_lb.network.arn
    load_balancer_security_group_id = aws_security_group.network_load_balancer.id
    application_security_group_id   = aws_security_group.application.id
    application_target_group_arn    = aws_lb_target_group.network.arn
    application_subnet_ids          = { for zone, subnet in aws_subnet.private : zone => subnet.id }
  })
}
