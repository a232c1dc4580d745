import { describeModule } from "../describe-module";

describeModule("node-fleet");
