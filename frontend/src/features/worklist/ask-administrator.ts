/** The next step of everybody who may not take it. */
export const askAdministrator = 'Ask an administrator of your organisation.';
