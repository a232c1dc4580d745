import { describeModule } from "../describe-module";

describeModule("application-backend");
