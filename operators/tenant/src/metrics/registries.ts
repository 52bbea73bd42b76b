import { register, type Registry } from 'prom-client';
import { defaultMetrics } from '@legendops/operator-runtime/metrics/runtime-metrics';

/** What the operator measures: as any controller, and of its tenants, databases and vault. */
export const operatorRegistries: readonly Registry[] = [defaultMetrics.registry, register];
