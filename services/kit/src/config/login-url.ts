/** The URL of a database with this login in it; what else it says, such as sslmode, stays. */
export const loginUrl = (url: string, login: string, password: string): string => {
  const found = new URL(url);
  found.username = encodeURIComponent(login);
  found.password = encodeURIComponent(password);
  return found.href;
};
