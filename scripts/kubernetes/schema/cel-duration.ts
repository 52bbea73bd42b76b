import type { Environment } from '@marcbachmann/cel-js';

/** A duration as CEL knows it; its class is not exported, so an expression makes it. */
export const celDuration = (environment: Environment, text: string): unknown =>
  environment.evaluate('duration(text)', { text });
