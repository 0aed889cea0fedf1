import { plainAddress } from "../../model/address.ts";
import { isLoopback, isWildcard } from "../../model/endpoint.ts";
import type { Micros } from "../../model/time.ts";
import { SPANS } from "./limits.ts";

/** Addresses of this machine that are in use: each told when it is seen first, and again from time to time. */
export class Addresses {
  readonly #limit: number;
  /** When each was told, by the steady clock. */
  readonly #told = new Map<string, Micros>();
  #news = new Set<string>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(address: string, steady: Micros): void {
    const told = this.#told.get(address);
    if (told !== undefined && steady - told < SPANS.address) return;
    // A program that binds address after address must not fill the memory: the same ones are told more often instead.
    if (this.#told.size >= this.#limit) this.#told.clear();
    this.#told.set(address, steady);
    if (!isLoopback(address) && !isWildcard(address)) this.#news.add(plainAddress(address));
  }

  take(): string[] {
    if (this.#news.size === 0) return [];
    const news = [...this.#news];
    this.#news = new Set();
    return news;
  }
}
