import { describeModule } from "../describe-module";

describeModule("alb");
