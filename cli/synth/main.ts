/** `npm run synth`: the command alone, which is bundled with CDKTF and starts faster so. */
import { execute } from "../execute";
import { synthCommand } from "./command";

execute(synthCommand().showHelpAfterError());
