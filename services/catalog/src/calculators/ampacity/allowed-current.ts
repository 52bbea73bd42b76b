import type { Step, Warning } from '../calculator.ts';
import type { Conductor } from '../conductor-input.ts';
import type { IecMethod } from '../tables/iec-ampacity.ts';
import type { NecColumn } from '../tables/nec-ampacity.ts';

export interface AmpacityInput {
  conductor: Conductor;
  insulationC: 60 | 70 | 75 | 90;
  ambientC: number;
  currentCarrying: number;
  terminalC?: NecColumn | undefined;
  method?: IecMethod | undefined;
  loadedPerCircuit?: 2 | 3 | undefined;
}

/** What both families of rules come to. */
export interface AllowedCurrent {
  baseA: number;
  ambientFactor: number;
  bundleFactor: number;
  allowedA: number;
  steps: Step[];
  warnings: Warning[];
}
