import { setTimeout as sleep } from 'node:timers/promises';
import { DefaultAzureCredential } from '@azure/identity';
import { messageOf } from '@legendops/kit/errors/message-of';
import { azureApi, type AzureApi } from './azure/azure-api.ts';
import { Refused } from './environment-group.ts';

/** What a script works with: Azure as whoever signed in sees it, and a place to say what it did. */
export interface Surroundings {
  arm: AzureApi;
  graph: AzureApi;
  now: () => Date;
  write: (text: string) => void;
  /** Between two looks at what goes on. */
  pause: () => Promise<void>;
  environment: Record<string, string | undefined>;
}

/** 0 done, or nothing to do; 1 not done, or not whole; 2 asked wrongly. */
export type Script = (parameters: readonly string[], surroundings: Surroundings) => Promise<number>;

/** The subscription of `--subscription`, else of AZURE_SUBSCRIPTION_ID: never the one that az happens to be at. */
export const subscriptionOf = (given: string | undefined, { environment }: Surroundings): string => {
  const id = given ?? environment.AZURE_SUBSCRIPTION_ID;
  if (!id) throw new Refused('No subscription was named: --subscription ID, or AZURE_SUBSCRIPTION_ID');
  return id;
};

const publicCloud = { arm: 'https://management.azure.com', graph: 'https://graph.microsoft.com' };

const lookEveryMs = 5_000;

const signedIn = (): Surroundings => {
  const { env } = process;
  const credential = new DefaultAzureCredential();
  const apiAt = (url: string): AzureApi =>
    azureApi({
      url,
      token: async () => (await credential.getToken(`${url}/.default`)).token,
      pause: (milliseconds) => sleep(milliseconds),
    });
  return {
    arm: apiAt(env.LEGENDOPS_ARM_URL ?? publicCloud.arm),
    graph: apiAt(env.LEGENDOPS_GRAPH_URL ?? publicCloud.graph),
    now: () => new Date(),
    write: (text) => void process.stdout.write(`${text}\n`),
    pause: () => sleep(lookEveryMs),
    environment: env,
  };
};

/** Whoever asked can mend it, and nothing was changed: a wrong option, or what a script refuses. */
export const isMistake = (error: unknown): boolean =>
  error instanceof Refused || (error instanceof TypeError && 'code' in error);

/** Runs a script; a mistake in what was asked is 2, with what is wrong. */
export const asked = async (script: Script, parameters: readonly string[], at: Surroundings): Promise<number> => {
  try {
    return await script(parameters, at);
  } catch (error) {
    at.write(`${isMistake(error) ? '' : 'Nothing was changed: '}${messageOf(error)}`);
    return isMistake(error) ? 2 : 1;
  }
};

/** The program itself: its own parameters, and Azure as this machine is signed in. */
export const runAsProgram = async (script: Script): Promise<void> => {
  process.exitCode = await asked(script, process.argv.slice(2), signedIn());
};

/** A program that needs no Azure: what its work comes to is its status, and a mistake in what was asked is 2. */
export const runAlone = async (work: (write: (text: string) => void) => Promise<number>): Promise<void> => {
  const write = (text: string): void => void process.stdout.write(`${text}\n`);
  try {
    process.exitCode = await work(write);
  } catch (error) {
    write(messageOf(error));
    process.exitCode = isMistake(error) ? 2 : 1;
  }
};
