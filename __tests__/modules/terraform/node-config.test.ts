import { describeModule } from "../describe-module";

describeModule("node-config");
