import { readSecrets } from '../config/read-secrets.ts';
import type { Log } from '../log/logger.ts';
import { traceWith } from './tracer.ts';
import type { TraceSettings } from './trace-settings.ts';

export interface Tracing {
  /** Sends what waits, for so long at most. */
  stop(budgetMs?: number): Promise<void>;
}

type Settings = TraceSettings & { IDENTITY_IS_LOCAL?: boolean };

const off: Tracing = { stop: async () => undefined };
const monitorScope = 'https://monitor.azure.com/.default';
const usualBudgetMs = 3_000;

const authorizationOf = async ({
  TRACES_SIGN_IN,
  TRACES_AUTHORIZATION_PATH,
  IDENTITY_IS_LOCAL: isLocal = false,
}: Settings): Promise<(() => Promise<string>) | undefined> => {
  if (TRACES_SIGN_IN === 'azure') {
    const { entraToken } = await import('../azure/entra-token.ts');
    const token = entraToken(monitorScope, { isLocal });
    return async () => `Bearer ${await token()}`;
  }
  if (TRACES_AUTHORIZATION_PATH === undefined) return undefined;
  const given = readSecrets({ TRACES_AUTHORIZATION_PATH }).TRACES_AUTHORIZATION_PATH;
  return async () => given;
};

/** Records traces where there is a collector for them; without one nothing of it is even loaded. */
export const startTracing = async (service: string, settings: Settings, log: Log): Promise<Tracing> => {
  const { TRACES_URL: url, TRACES_SAMPLE_RATIO: sampleRatio } = settings;
  if (url === undefined) return off;
  const [{ otlpTracer }, { spanQueue }, { sendSpans }, { expectSpans }] = await Promise.all([
    import('./otlp-tracer.ts'),
    import('./span-queue.ts'),
    import('./send-spans.ts'),
    import('./trace-metrics.ts'),
  ]);
  const send = sendSpans({ url, authorization: await authorizationOf(settings), log });
  const { tracer, stop } = otlpTracer(service, spanQueue(send));
  expectSpans();
  traceWith({ tracer, sampleRatio });
  return {
    stop: async (budgetMs = usualBudgetMs) => {
      traceWith(undefined);
      const budget = new Promise<void>((resolve) => setTimeout(resolve, budgetMs).unref());
      await Promise.race([stop(), budget]);
    },
  };
};
