import { stencilLimits, type StencilLimits } from '../limits.ts';
import { type DrawnMaster, readStencil } from '../read-stencil.ts';
import { StencilRefusal } from '../refusal.ts';

/** Reads in this thread, which tests of what is read need not care about. */
export const readHere = async (file: Buffer, limits: Partial<StencilLimits> = {}) => {
  const drawn: DrawnMaster[] = [];
  const summary = await readStencil(file, { ...stencilLimits, ...limits }, (one) => drawn.push(one));
  return {
    ...summary,
    masters: drawn.map(({ master }) => master),
    icons: drawn.map(({ icon }) => icon),
    previews: drawn.map(({ preview }) => new TextDecoder().decode(preview)),
  };
};

export const refusalOf = async (file: Buffer, limits: Partial<StencilLimits> = {}): Promise<string> => {
  try {
    await readHere(file, limits);
  } catch (error) {
    if (error instanceof StencilRefusal) return error.code;
    throw error;
  }
  return 'read';
};
