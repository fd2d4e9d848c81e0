/** Settles as `promise` does. Rejects if that takes longer than `milliseconds`. */
export async function within<T>(
  milliseconds: number,
  promise: Promise<T>,
  what: string,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => {
        reject(new Error(`timed out after ${Math.round(milliseconds)} ms waiting for ${what}`));
      },
      Math.max(milliseconds, 0),
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
