import { ampacity } from './ampacity/calculator.ts';
import { boxCount } from './box-count/calculator.ts';
import { bundleDiameter } from './bundle-diameter/calculator.ts';
import { cableEstimate } from './cable-estimate/calculator.ts';
import type { AnyCalculator } from './calculator.ts';
import { channelCheck } from './channel-check/calculator.ts';
import { conductor } from './conductor/calculator.ts';
import { conduitFill } from './conduit-fill/calculator.ts';
import { connectorCount } from './connector-count/calculator.ts';
import { deviceSupply } from './device-supply/calculator.ts';
import { fibreLink } from './fibre-link/calculator.ts';
import { horizontalRun } from './horizontal-run/calculator.ts';
import { poeBudget } from './poe-budget/calculator.ts';
import { poeLink } from './poe-link/calculator.ts';
import { rackLayout } from './rack-layout/calculator.ts';
import { temperatureDerating } from './temperature-derating/calculator.ts';
import { trayFill } from './tray-fill/calculator.ts';
import { upsRuntime } from './ups-runtime/calculator.ts';
import { voltageDrop } from './voltage-drop/calculator.ts';
import { workAreaCord } from './work-area-cord/calculator.ts';

/** Every calculator, in the order of a design. Adding one is a folder and a line here. */
export const calculators: readonly AnyCalculator[] = [
  horizontalRun,
  workAreaCord,
  channelCheck,
  temperatureDerating,
  cableEstimate,
  boxCount,
  connectorCount,
  bundleDiameter,
  conduitFill,
  trayFill,
  poeLink,
  poeBudget,
  rackLayout,
  fibreLink,
  voltageDrop,
  ampacity,
  deviceSupply,
  upsRuntime,
  conductor,
];
