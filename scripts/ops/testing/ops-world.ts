import { anAccount, anEnvironment, type AzureAccount } from '../../doubles/azure/account.ts';
import { startAzure, type Azure } from '../../doubles/azure/server.ts';
import { azureApi } from '../azure/azure-api.ts';
import { asked, type Script, type Surroundings } from '../command.ts';

export const subscription = '20000000-0000-4000-8000-000000000001';
export const otherSubscription = '20000000-0000-4000-8000-000000000002';

export interface OpsWorld {
  azure: Azure;
  /** How long was waited, in milliseconds, each time. */
  pauses: number[];
  clock: { now: Date };
  /** Runs a script as its program does: its status, and what it said. */
  run(script: Script, ...parameters: string[]): Promise<{ status: number; said: string }>;
  close(): Promise<void>;
}

/** The double with two subscriptions, of which one is that of dev, and a clock that stands at a Wednesday's noon. */
export const startOpsWorld = async (changes: Partial<AzureAccount> = {}): Promise<OpsWorld> => {
  const token = 'of-a-test';
  const azure = await startAzure({
    token,
    account: anAccount({
      subscriptions: {
        [subscription]: { displayName: 'Development' },
        [otherSubscription]: { displayName: 'Somebody else' },
      },
      ...anEnvironment(subscription, 'dev'),
      ...changes,
    }),
  });
  const pauses: number[] = [];
  const clock = { now: new Date('2026-12-02T12:00:00Z') };
  const api = azureApi({
    url: azure.url,
    token: async () => token,
    pause: async (milliseconds) => void pauses.push(milliseconds),
  });
  return {
    azure,
    pauses,
    clock,
    run: async (script, ...parameters) => {
      const lines: string[] = [];
      const at: Surroundings = {
        arm: api,
        graph: api,
        now: () => clock.now,
        write: (text) => void lines.push(text),
        pause: async () => undefined,
        environment: { AZURE_SUBSCRIPTION_ID: subscription },
      };
      const status = await asked(script, parameters, at);
      return { status, said: lines.join('\n') };
    },
    close: () => azure.close(),
  };
};
