import { describeModule } from "../describe-module";

describeModule("security-group-audit");
