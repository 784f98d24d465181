import Foundation

let limit = 3

protocol Source { func next() -> Int }

struct Item: Codable {
    var id: Int
    let name: String
}

class Feed: Source {
    private var items: [Item] = []
    init(items: [Item]) { self.items = items }
    func next() -> Int {
        let local = 1
        return local
    }
    deinit {}
}

enum Level: Int { case low = 1, high }

extension Feed {
    static func empty() -> Feed { Feed(items: []) }
}

typealias Items = [Item]

func helper<T>(_ x: T) -> T { x }
