import { describeModule } from "../describe-module";

describeModule("nlb");
