import { describeModule } from "../describe-module";

describeModule("cloudfront");
