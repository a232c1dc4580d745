import { type Copy, LocalAws } from "../apply/harness/local-aws";
import { LocalRestApis } from "../apply/harness/local-rest-apis";
import { createWorld, type World } from "./world";

/** The API before any step, and what is there. */
export interface Beginning {
  readonly api: Copy;
  readonly world: World;
}

/** @param hasRestApis takes ten seconds more */
export async function begin(hasRestApis: boolean): Promise<Beginning> {
  const [aws, restApis] = await Promise.all([LocalAws.start(), hasRestApis ? LocalRestApis.start() : undefined]);
  const stop = async () => {
    await Promise.all([aws.stop(), restApis?.stop()]);
  };
  try {
    const world = await createWorld(aws, restApis);
    if (restApis === undefined) return { world, api: aws };
    return { world, api: { ...(await restApis.behind(aws)), stop } };
  } catch (error) {
    await stop();
    throw error;
  }
}
