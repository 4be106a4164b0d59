/** What went wrong, in the words of the server where it has some. */
export const failure = (error: unknown): string => (error instanceof Error ? error.message : String(error));
