import { tax } from "./tax.js";

const RATE = 0.2;
let total = 0;

export function add(item, count = 1) {
  const local = item.price;
  return local * count;
}

export default class Cart extends Base {
  static limit = 3;
  #items = [];

  constructor(owner) {
    super(owner);
  }

  get size() {
    return this.#items.length;
  }

  async *pages() {
    yield 1;
  }
}

const round = (x) => {
  return Math.round(x);
};

exports.clear = function () {
  total = 0;
};

const api = {
  open(path) {
    return path;
  },
};
