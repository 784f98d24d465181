<?php
namespace App\Models;

use App\Base;

const LIMIT = 3;

interface HasName { public function name(): string; }

trait Greets {
    public function greet() { return "hi"; }
}

enum Level: int { case Low = 1; case High = 2; }

abstract class User extends Base implements HasName
{
    public const KIND = 'user';
    private ?string $name = null;

    public function __construct(string $name) {
        $this->name = $name;
    }

    abstract protected function check(): bool;
}

function helper(array $xs): int {
    return count($xs);
}
