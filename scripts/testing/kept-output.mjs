/** Keeps what a program prints until `print` is called. `print` writes it in the order it came. */
export class KeptOutput {
  /** @type {[NodeJS.WriteStream, string | Buffer][]} */
  #kept = [];
  stdout = this.#keeper(process.stdout);
  stderr = this.#keeper(process.stderr);

  print() {
    for (const [stream, text] of this.#kept.splice(0)) stream.write(text);
  }

  /** @param {NodeJS.WriteStream} stream */
  #keeper(stream) {
    return {
      /** @param {string | Buffer} text */
      write: (text) => {
        this.#kept.push([stream, text]);
      },
    };
  }
}
