import { describeModule } from "../describe-module";

describeModule("network-acl");
