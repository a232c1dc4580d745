import { describeModule } from "../describe-module";

describeModule("verification");
