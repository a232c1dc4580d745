import { describeModule } from "../describe-module";

describeModule("security-group-rules");
