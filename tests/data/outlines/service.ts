export interface Item {
  id: number;
  name?: string;
  price(tax: number): number;
}

export type Id = string | number;

export enum Level {
  Low,
  High = 3,
}

namespace Inner {
  export const depth = 2;
}

abstract class Service<T> implements Item {
  private items: T[] = [];
  constructor(readonly id: number) {}
  abstract price(tax: number): number;
  find(id: Id): T | undefined {
    return undefined;
  }
}

export const make = async (id: number): Promise<void> => {
  await id;
};

declare function external(x: string): void;
function overload(x: number): void;
