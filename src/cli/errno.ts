/** Whether `error` is what a system call threw with this errno name, e.g. `EPIPE`. */
export function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
