package bank;

import java.util.List;

/** An account. */
public class Account extends Base implements Payable {
    private static final int LIMIT = 10;
    private int first, second;

    public Account(String owner) {
        this.owner = owner;
    }

    @Override
    public <T> List<T> entries(T seed) throws Exception {
        return null;
    }

    enum Level { LOW, HIGH }

    interface Payable {
        void pay(int amount);
    }

    record Point(int x, int y) {}

    @interface Marker {}
}
