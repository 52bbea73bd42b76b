import type { Step, Warning } from '../calculator.ts';
import { refuse } from '../refusal.ts';
import { fibreApplication, type Fibre, type FibreApplicationName } from '../tables/fibre.ts';

interface BudgetInput {
  fibre: Fibre;
  application?: FibreApplicationName | undefined;
  txMinDbm?: number | undefined;
  rxSensitivityDbm?: number | undefined;
  penaltiesDb: number;
  partsDb: number;
  attenuationDbPerKm: number;
}

interface Budget {
  budgetDb: number | null;
  distanceLimitM: number | null;
  source: string;
  /** A limit that would have to be kept is unknown, so nothing can pass; it can still fail. */
  open: boolean;
  steps: Step[];
  warnings: Warning[];
}

const powerSource = 'budget = least transmit power − sensitivity of the receiver';
const ieee = 'IEEE 802.3-2022';

const ofTransceivers = ({ txMinDbm, rxSensitivityDbm }: BudgetInput): Step | undefined => {
  if (txMinDbm === undefined && rxSensitivityDbm === undefined) return undefined;
  const tx = txMinDbm ?? refuse('txMinDbm', 'required', 'With a sensitivity, the least transmit power is needed');
  const rx =
    rxSensitivityDbm ?? refuse('rxSensitivityDbm', 'required', 'With a transmit power, the sensitivity is needed');
  if (rx >= tx) refuse('rxSensitivityDbm', 'too-large', `Below the transmit power, ${tx} dBm`);
  return {
    formula: 'budget = Tx − Rx',
    inputs: { txMinDbm: tx, rxSensitivityDbm: rx },
    value: tx - rx,
    unit: 'dB',
    source: powerSource,
  };
};

const ofApplication = (application: FibreApplicationName, fibre: Fibre, power: Step | undefined): Budget => {
  const { reaches, unspecified } = fibreApplication(application);
  const found = reaches[fibre];
  const note = unspecified?.[fibre];
  const budget = power?.value ?? found?.lossDb ?? null;
  const steps = power ? [power] : [];
  if (!found)
    return note === undefined
      ? {
          budgetDb: budget,
          distanceLimitM: 0,
          source: ieee,
          open: false,
          steps,
          warnings: [{ code: 'fibre-not-supported', detail: `${application} does not run on ${fibre}`, source: ieee }],
        }
      : {
          budgetDb: budget,
          distanceLimitM: null,
          source: ieee,
          open: true,
          steps,
          warnings: [
            {
              code: 'not-specified-by-ieee',
              detail: `IEEE 802.3 says nothing of ${application} on ${fibre}; ${note}`,
              source: ieee,
            },
          ],
        };
  const warnings: Warning[] = [];
  if (budget === null)
    warnings.push({
      code: 'loss-limit-unknown',
      detail: `No public loss limit of ${application} on ${fibre} was found: the distance alone is tested`,
      source: found.source,
    });
  if (found.lossDb !== undefined && !power)
    steps.push({
      formula: 'budget = what the application may lose',
      inputs: { application, fibre },
      value: found.lossDb,
      unit: 'dB',
      source: found.source,
    });
  steps.push({
    formula: 'reach of the application',
    inputs: { application, fibre },
    value: found.reachM,
    unit: 'm',
    source: found.source,
  });
  return {
    budgetDb: budget,
    distanceLimitM: found.reachM,
    source: found.source,
    open: budget === null,
    steps,
    warnings,
  };
};

/** What may be lost and how far the link may go: by the transceivers, by the application, or by both. */
export const budgetOf = (input: BudgetInput): Budget => {
  const power = ofTransceivers(input);
  if (input.application !== undefined) return ofApplication(input.application, input.fibre, power);
  if (!power)
    return { budgetDb: null, distanceLimitM: null, source: powerSource, open: false, steps: [], warnings: [] };
  const distanceLimitM = Math.max(
    0,
    ((power.value - input.partsDb - input.penaltiesDb) / input.attenuationDbPerKm) * 1000,
  );
  return {
    budgetDb: power.value,
    distanceLimitM,
    source: powerSource,
    open: false,
    steps: [
      power,
      {
        formula: 'reach = (budget − connector pairs − splices − penalties) / attenuation',
        inputs: { budgetDb: power.value, partsDb: input.partsDb, penaltiesDb: input.penaltiesDb },
        value: distanceLimitM,
        unit: 'm',
        source: powerSource,
      },
    ],
    warnings: [],
  };
};
