/** A refusal in the words of Resource Manager and of Graph, which are of one form. */
export class AzureError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }

  get body() {
    return { error: { code: this.code, message: this.message } };
  }
}

export const notFound = (what: string): AzureError =>
  new AzureError(404, 'ResourceNotFound', `The Resource '${what}' was not found.`);
