/** `npm run synth`: this command alone, bundled with CDKTF so that it starts faster. */
import { execute } from "../execute";
import { synthCommand } from "./command";

execute(synthCommand().showHelpAfterError());
