/** The package ships no types; these are the options we use. */
declare module 'pino-roll' {
  import type { EventEmitter } from 'node:events';

  interface Options {
    file: string;
    frequency: 'daily';
    dateFormat: string;
    /** File permissions. */
    mode: number;
    sync: boolean;
  }

  interface RollingStream extends EventEmitter {
    write(line: string): boolean;
    end(): void;
  }

  export default function open(options: Options): Promise<RollingStream>;
}
