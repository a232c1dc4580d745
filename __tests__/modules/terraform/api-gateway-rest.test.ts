import { describeModule } from "../describe-module";

describeModule("api-gateway-rest");
