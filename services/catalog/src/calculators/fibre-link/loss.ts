import type { Step } from '../calculator.ts';
import { refuse } from '../refusal.ts';
import {
  attenuationDbPerKm as tabled,
  attenuationSource,
  fibreApplication,
  wavelengthsOf,
  type Fibre,
  type FibreApplicationName,
} from '../tables/fibre.ts';

interface Optics {
  fibre: Fibre;
  wavelengthNm?: number | undefined;
  application?: FibreApplicationName | undefined;
  attenuationDbPerKm?: number | undefined;
}

/** Of the application, or as given; both are well where they agree. */
export const wavelengthOf = ({ wavelengthNm, application }: Optics): number => {
  if (application === undefined)
    return wavelengthNm ?? refuse('wavelengthNm', 'required', 'Give wavelengthNm or application');
  const own = fibreApplication(application).wavelengthNm;
  if (wavelengthNm !== undefined && wavelengthNm !== own)
    refuse('wavelengthNm', 'given-twice', `${application} works at ${own} nm: leave it out`);
  return own;
};

export const attenuationOf = ({ fibre, application, attenuationDbPerKm }: Optics, wavelengthNm: number): Step => {
  if (attenuationDbPerKm !== undefined)
    return {
      formula: 'attenuation as given',
      inputs: { wavelengthNm },
      value: attenuationDbPerKm,
      unit: 'dB/km',
      source: 'the input',
    };
  const value =
    tabled(fibre, wavelengthNm) ??
    (application === undefined
      ? refuse(
          'wavelengthNm',
          'unknown-value',
          `The table has ${fibre} at ${wavelengthsOf(fibre).join(', ')} nm; elsewhere give attenuationDbPerKm`,
        )
      : refuse(
          'application',
          'not-applicable',
          `${application} works at ${wavelengthNm} nm, ${fibre} is for ${wavelengthsOf(fibre).join(', ')} nm`,
        ));
  return {
    formula: 'attenuation by the table',
    inputs: { fibre, wavelengthNm },
    value,
    unit: 'dB/km',
    source: attenuationSource(fibre, wavelengthNm),
  };
};
