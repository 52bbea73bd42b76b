import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { problemFor } from './error-answer.ts';

const refusedWith = (code: string): Error => Object.assign(new pg.DatabaseError('secret', 0, 'error'), { code });

describe('what the database refuses', () => {
  it.each([
    ['22021', 'a character that no text may hold'],
    ['22P05', 'an escape of such a character'],
    ['22007', 'a time that is none'],
    ['22008', 'the year 0000'],
    ['22009', 'a time zone that is none'],
    ['22P02', 'an id that is none'],
    ['22003', 'a number that is too large'],
  ])('with %s, %s, is a wrong request', (code) => {
    const { code: told, status, detail } = problemFor(refusedWith(code));
    expect([told, status]).toEqual(['request.invalid', 400]);
    expect(detail).not.toContain('secret');
  });

  it('because it cannot serve now is told as that, and everything else as our failure', () => {
    expect(problemFor(refusedWith('53300')).code).toBe('service.unavailable');
    expect(problemFor(refusedWith('42P01')).code).toBe('service.failed');
    expect(problemFor(Object.assign(new Error('x'), { code: '22P02' })).code).toBe('service.failed');
  });
});
