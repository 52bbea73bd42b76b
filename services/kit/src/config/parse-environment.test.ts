import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigurationError, httpUrl, parseEnvironment, port, postgresUrl } from './parse-environment.ts';

const shape = { PORT: port, DATABASE_URL: postgresUrl, PEER_URL: httpUrl, NAME: z.string().default('x') };

describe('configuration', () => {
  it('is parsed once, defaults filled in, nothing else taken over', () => {
    const parsed = parseEnvironment(shape, {
      PORT: '80',
      DATABASE_URL: 'postgres://h/d',
      PEER_URL: 'http://p/',
      OTHER: 'y',
    });
    expect(parsed).toEqual({ PORT: 80, DATABASE_URL: 'postgres://h/d', PEER_URL: 'http://p', NAME: 'x' });
  });

  it('names every variable that is missing or wrong, and prints no value', () => {
    const read = () => parseEnvironment(shape, { PORT: 'http', DATABASE_URL: 'mysql://u:s3cret@h/d', NAME: '' });
    expect(read).toThrow(ConfigurationError);
    const message = (() => {
      try {
        read();
        return '';
      } catch (error) {
        return String(error);
      }
    })();
    for (const name of ['PORT', 'DATABASE_URL', 'PEER_URL is missing']) expect(message).toContain(name);
    expect(message).not.toContain('s3cret');
  });
});
