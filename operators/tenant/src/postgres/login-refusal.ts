/** What keeps a login from being closed or dropped until a person acts; `name` is the reason of a condition. */
export abstract class LoginRefusal extends Error {
  abstract override readonly name: 'LoginInUse' | 'LoginNotOurs' | 'SessionsRemain';
}

/** A login owns objects or holds grants of its own: the server does not drop it, and we remove nothing that we did not make. */
export class LoginInUse extends LoginRefusal {
  override readonly name = 'LoginInUse';

  constructor(login: string) {
    super(`The login ${login} owns objects or holds grants of its own; an administrator must take them away`);
  }
}

/** Somebody took away the right by which a provisioner changes the login that it made. */
export class LoginNotOurs extends LoginRefusal {
  override readonly name = 'LoginNotOurs';

  constructor(login: string) {
    super(
      `No provisioner has ADMIN on the login ${login} any more; an administrator must give it back, or drop the login`,
    );
  }
}

/** Its sessions were ended and are still there, as one that sits in the kernel may be. */
export class SessionsRemain extends LoginRefusal {
  override readonly name = 'SessionsRemain';

  constructor(login: string) {
    super(`The sessions of the login ${login} do not end; look at pg_stat_activity for what holds them`);
  }
}
